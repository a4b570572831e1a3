/** The look that the trusted sheet's forms share. */
import { css } from 'lit';

export const formStyle = css`
  :host {
    display: block;
  }
  .list {
    display: grid;
    gap: 8px;
    margin: 12px 0;
    padding: 0;
    list-style: none;
  }
  .entry {
    display: flex;
    align-items: center;
    gap: 8px;
    border: 1px solid var(--line);
    border-radius: var(--corner-control);
    padding: 4px 4px 4px 14px;
  }
  .entry > button:first-child {
    flex: 1;
    min-width: 0;
    min-height: var(--touch);
    padding: 8px 0;
    text-align: start;
  }
  .entry p {
    overflow-wrap: anywhere;
  }
  .small {
    font-size: var(--text-13);
    color: var(--muted);
  }
  .small button,
  .entry .side {
    min-height: var(--touch);
    padding: 0 10px;
    font-size: var(--text-13);
    color: var(--olive);
  }
  label {
    display: grid;
    gap: 4px;
    margin-top: 12px;
    font-size: var(--text-13);
    color: var(--muted);
  }
  label.row {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: var(--touch);
    font-size: var(--text-15);
    color: var(--ink);
  }
  input:not([type='checkbox'], [type='radio'], [type='file']) {
    width: 100%;
    min-height: var(--touch);
    padding: 0 12px;
    border: 1px solid var(--line);
    border-radius: var(--corner-control);
    background: var(--ground, transparent);
    font-size: 16px;
    color: var(--ink);
  }
  input[type='checkbox'],
  input[type='radio'] {
    width: 20px;
    height: 20px;
    accent-color: var(--olive);
  }
  .pair {
    display: flex;
    gap: 12px;
    margin-top: 16px;
  }
  .pair > * {
    flex: 1;
  }
`;
