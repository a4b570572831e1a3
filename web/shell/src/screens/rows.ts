/** A line of a sheet: a symbol, words, and what is set or shown at its end; and a list that one opens. */
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

/** What a row opens: a list of limited height, below it. */
export const openedListStyles = css`
  :host {
    display: block;
  }
  ul {
    margin: 0 0 12px;
    padding: 0;
    list-style: none;
    max-height: 40vh;
    overflow: auto;
  }
  li {
    padding: 8px 0;
    border-top: 1px solid var(--line);
  }
  h3 {
    font-size: var(--text-15);
    font-weight: 600;
  }
  .small {
    font-size: var(--text-13);
    color: var(--muted);
  }
`;
