/** The look of the console: the shell's tokens and controls at a denser scale. */
import { css } from 'lit';
import { controls } from '../../../common/element';

export const consoleStyle = [
  controls,
  css`
    :host {
      display: block;
    }
    [hidden] {
      display: none !important;
    }
    a {
      color: var(--olive-text);
      text-underline-offset: 2px;
    }
    h1 {
      font-size: var(--text-20);
      line-height: 1.25;
      overflow-wrap: anywhere;
    }
    h1:focus {
      outline: none;
    }
    h2 {
      font-size: var(--text-17);
    }
    h3 {
      font-size: var(--text-13);
      color: var(--muted);
      font-weight: 600;
    }
    .stack {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }
    .head,
    .actions {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
    }
    .actions.low {
      align-items: end;
    }
    .head h1,
    .head h2 {
      flex: 1 1 auto;
      min-width: 0;
    }
    li.head > :first-child {
      flex: 1 1 12rem;
      min-width: 0;
    }
    .card {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 12px;
      padding: 16px;
      border: 1px solid var(--line);
      border-radius: var(--corner-card);
      background: var(--card);
    }
    .primary,
    .secondary,
    .quiet {
      min-height: var(--touch);
      padding: 0 16px;
      border-radius: var(--corner-control);
      text-decoration: none;
      color: var(--ink);
      justify-self: start;
    }
    .primary {
      color: var(--on-olive);
    }
    a.quiet {
      display: inline-flex;
      align-items: center;
    }
    .quiet {
      color: var(--olive-text);
      font-weight: 600;
    }
    .primary.danger {
      background: var(--sumac);
      color: var(--card);
    }
    .danger.secondary,
    .danger.quiet {
      color: var(--sumac);
    }
    /* Its form is open below. */
    .secondary[aria-expanded='true'] {
      border-color: var(--olive);
    }
    /* Under way: it keeps the focus, and a second press does nothing. */
    button[aria-disabled='true'],
    button:disabled {
      opacity: 0.55;
      cursor: default;
    }
    .muted,
    .advice {
      color: var(--muted);
    }
    .advice,
    .small {
      font-size: var(--text-13);
    }
    code,
    .digest {
      font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace;
      font-size: var(--text-12);
      overflow-wrap: anywhere;
    }
    .number {
      font-variant-numeric: tabular-nums;
      text-align: right;
    }
    ul.plain {
      list-style: none;
      margin: 0;
      padding: 0;
      display: grid;
      grid-template-columns: minmax(0, 1fr);
    }
    ul.plain > li {
      padding: 10px 0;
      border-top: 1px solid var(--line);
      min-width: 0;
      overflow-wrap: anywhere;
    }
    ul.plain > li:first-child {
      border-top: 0;
    }
    del {
      color: var(--muted);
    }
    ins {
      text-decoration: none;
      font-weight: 600;
    }
    summary {
      min-height: var(--touch);
      display: flex;
      align-items: center;
      cursor: pointer;
      font-weight: 600;
      color: var(--olive-text);
    }
  `,
];
