/** A line of a sheet: a symbol, words, and what is set or shown at its end. */
import { css } from 'lit';

export const rowStyles = css`
  .row {
    display: flex;
    align-items: center;
    gap: 12px;
    width: 100%;
    min-height: 52px;
    border-top: 1px solid var(--line);
  }
  .row span:nth-child(2) {
    flex: 1;
    text-align: start;
  }
`;
