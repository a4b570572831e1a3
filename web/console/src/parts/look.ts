/** Looks that some screens need beside the common one: tables, forms, notes, pills. */
import { css } from 'lit';

export const tables = css`
  .scroll {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--text-13);
  }
  th {
    text-align: left;
    font-weight: 600;
    color: var(--muted);
  }
  th,
  td {
    padding: 10px 12px 10px 0;
    border-bottom: 1px solid var(--line);
    vertical-align: top;
  }
  td.wide {
    min-width: 180px;
  }
  tr:last-child td {
    border-bottom: 0;
  }
  dl {
    display: grid;
    grid-template-columns: fit-content(40%) minmax(0, 1fr);
    gap: 8px 16px;
    margin: 0;
    font-size: var(--text-13);
  }
  dt {
    color: var(--muted);
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
`;

export const forms = css`
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  form:not(.line) {
    max-width: 640px;
  }
  form.line {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 12px;
  }
  label.field,
  .field {
    display: grid;
    gap: 4px;
    font-size: var(--text-13);
    color: var(--muted);
    min-width: 0;
  }
  form.line .field {
    flex: 1 1 160px;
  }
  input:not([type='checkbox'], [type='radio']),
  select,
  textarea {
    width: 100%;
    min-height: var(--touch);
    padding: 8px 12px;
    border: 1px solid color-mix(in srgb, var(--line), var(--muted) 40%);
    border-radius: var(--corner-control);
    background: var(--paper);
    color: var(--ink);
    font: inherit;
    font-size: 1rem;
  }
  textarea {
    min-height: 96px;
    resize: vertical;
  }
  label.tick {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: var(--touch);
  }
  label.tick input {
    flex: none;
    width: 20px;
    height: 20px;
    margin: 0;
    accent-color: var(--olive);
  }
  fieldset {
    border: 0;
    margin: 0;
    padding: 0;
    min-width: 0;
  }
  legend {
    padding: 0;
    font-size: var(--text-13);
    color: var(--muted);
  }
`;

export const notes = css`
  .note {
    display: grid;
    gap: 4px;
    padding: 12px 16px;
    border: 1px solid var(--line);
    border-left: 4px solid var(--muted);
    border-radius: var(--corner-control);
    background: var(--card);
    color: var(--ink);
    overflow-wrap: anywhere;
  }
  .note.danger {
    border-left-color: var(--sumac);
  }
  .note.danger strong {
    color: var(--sumac);
  }
  .note.attention {
    border-left-color: var(--saffron);
  }
  .note.good {
    border-left-color: var(--mint);
  }
  .note .hint {
    color: var(--muted);
  }
  .note ul {
    margin: 0;
    padding-left: 20px;
  }
  .empty {
    display: grid;
    justify-items: start;
    gap: 8px;
    padding: 24px 0;
  }
  .skeleton {
    display: grid;
    gap: 12px;
    padding: 8px 0;
  }
  .skeleton span {
    height: 20px;
    border-radius: var(--corner-control);
    background: var(--plate);
    animation: breathe 1200ms ease-in-out infinite alternate;
  }
  .skeleton span:last-child {
    width: 60%;
  }
  @keyframes breathe {
    to {
      opacity: 0.5;
    }
  }
`;

export const pills = css`
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 2px 10px;
    border-radius: var(--corner-pill);
    background: var(--plate);
    color: var(--ink);
    font-size: var(--text-12);
    white-space: nowrap;
  }
  .pill::before {
    content: '';
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--muted);
  }
  .pill.good::before {
    background: var(--mint);
  }
  .pill.attention::before {
    background: var(--saffron);
  }
  .pill.danger::before {
    background: var(--sumac);
  }
  .pill.olive::before {
    background: var(--olive);
  }
  .tabs {
    display: flex;
    gap: 4px;
    overflow-x: auto;
    border-bottom: 1px solid var(--line);
  }
  .tabs a {
    flex: none;
    display: inline-flex;
    align-items: center;
    min-height: var(--touch);
    padding: 0 12px;
    color: var(--muted);
    text-decoration: none;
    border-bottom: 2px solid transparent;
  }
  .tabs a:focus-visible {
    outline-offset: -2px;
  }
  .tabs a[aria-current] {
    color: var(--ink);
    font-weight: 600;
    border-bottom-color: var(--olive);
  }
`;

/** What is done about something stands beside what is known of it, where the window is wide enough. */
export const besideStyles = css`
  @media (min-width: 1100px) {
    .beside {
      display: grid;
      grid-template-columns: minmax(0, 3fr) minmax(300px, 2fr);
      align-items: start;
      gap: 24px;
    }
  }
`;
