/** Dark in both colour schemes, as every viewer of pictures. */
import { css } from 'lit';

export const viewerStyle = css`
  .viewer {
    position: absolute;
    inset: 0;
    z-index: 42;
    background: #000;
    color: #fff;
    outline: none;
    animation: viewer-in var(--slow) var(--ease-in);
  }
  @keyframes viewer-in {
    from {
      opacity: 0;
    }
  }
  .track {
    display: flex;
    height: 100%;
    overflow-x: auto;
    overflow-y: hidden;
    scroll-snap-type: x mandatory;
    overscroll-behavior: contain;
    scrollbar-width: none;
  }
  .slide {
    flex: 0 0 100%;
    height: 100%;
    display: flex;
    align-items: center;
    justify-content: center;
    scroll-snap-align: center;
    scroll-snap-stop: always;
    overflow: hidden;
    touch-action: pan-x;
    user-select: none;
    -webkit-touch-callout: none;
  }
  .slide.near {
    touch-action: none;
  }
  video {
    max-width: 100%;
    max-height: 100%;
  }
  img {
    width: 100%;
    height: 100%;
    object-fit: contain;
    -webkit-user-drag: none;
    transform-origin: 0 0;
  }
  .failure {
    padding: 24px 64px;
    font-size: var(--text-13);
    text-align: center;
    overflow-wrap: anywhere;
    color: rgb(255 255 255 / 0.7);
  }
  .count {
    position: absolute;
    left: 0;
    right: 0;
    bottom: calc(20px + var(--inset-bottom));
    text-align: center;
    font-size: var(--text-13);
    font-variant-numeric: tabular-nums;
    text-shadow: 0 1px 3px #000;
    pointer-events: none;
  }
  .round {
    position: absolute;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    width: var(--touch);
    height: var(--touch);
    border-radius: 50%;
    background: rgb(0 0 0 / 0.4);
    color: #fff;
  }
  .round:focus-visible {
    outline-color: #fff;
  }
  .round[disabled] {
    visibility: hidden;
  }
  .close {
    left: 8px;
    top: calc(4px + var(--inset-top));
  }
  .previous,
  .next {
    top: calc(50% - 22px);
    display: none;
  }
  .previous {
    left: 8px;
  }
  .next {
    right: 8px;
  }
  /* A finger swipes. */
  @media (hover: hover) and (pointer: fine) {
    .previous,
    .next {
      display: inline-flex;
    }
  }
  .veil {
    position: absolute;
    inset: 0;
    background: rgb(0 0 0 / 0.5);
  }
  .sheet {
    position: absolute;
    inset: auto 0 0;
    padding-bottom: var(--inset-bottom);
    border-radius: var(--corner-card) var(--corner-card) 0 0;
    background: var(--card);
    color: var(--ink);
    overflow: hidden;
  }
  .sheet button {
    display: block;
    width: 100%;
    min-height: 56px;
    font-size: var(--text-17);
    text-align: center;
  }
  .sheet .cancel {
    border-top: 8px solid var(--paper);
  }
`;
