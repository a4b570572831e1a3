/** How the windows of mini apps lie over a screen. */
import { css } from 'lit';

export const windowStyles = css`
  .windows {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  mezze-window {
    position: absolute;
    inset: 0;
  }
  mezze-window[state='front'] {
    pointer-events: auto;
    z-index: 1;
  }
`;
