/** An open-container as the transition out of it or back into it needs it. */
import type { MeasuredContainer } from '../services/flights';

export interface Opening extends MeasuredContainer {
  /** From the upper edge of the page's view, not of its frame. */
  top: number;
  /** What the closed container looks like, where its frame could draw it. */
  picture: ImageBitmap | undefined;
}
