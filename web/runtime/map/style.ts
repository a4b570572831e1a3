/** The look of what stands on a map; goes into the map's own root, in a page frame as in the shell's shadow trees. */
export const mapStyle = `
.mz-map-root { position: absolute; inset: 0; overflow: hidden; background: #f3efe8; user-select: none; }
.mz-map-root.mz-map-dark { background: #211f1b; }
.mz-map-ground, .mz-map-ground .maplibregl-canvas-container { position: absolute; inset: 0; }
.mz-map-ground .maplibregl-canvas { position: absolute; left: 0; top: 0; outline: none; }
.mz-map-ground .maplibregl-interactive { touch-action: none; cursor: grab; }
.mz-map-ground .maplibregl-control-container { display: none; }
.mz-map-pins, .mz-map-clusters { position: absolute; inset: 0; pointer-events: none; overflow: hidden; }
.mz-map-marker { position: absolute; left: 0; top: 0; width: 0; height: 0; }
.mz-map-marker:focus-visible { outline: none; }
.mz-map-marker:focus-visible .mz-map-icon { outline: 2px solid #5e6b2a; outline-offset: 2px; border-radius: 4px; }
.mz-map-marker:has(.mz-map-callout) { z-index: 1; }
.mz-map-icon { position: absolute; pointer-events: auto; cursor: pointer; }
.mz-map-icon img, .mz-map-icon svg { display: block; width: 100%; height: 100%; }
.mz-map-icon svg { filter: drop-shadow(0 2px 3px rgb(29 27 24 / 0.3)); }
.mz-map-label, .mz-map-callout { position: absolute; left: 0; top: 0; box-sizing: border-box; width: max-content;
  max-width: 240px; line-height: 1.4; white-space: pre-wrap; overflow-wrap: anywhere; pointer-events: auto; }
.mz-map-callout { box-shadow: 0 2px 10px rgb(29 27 24 / 0.18); cursor: pointer; }
.mz-map-callout > i { position: absolute; left: 50%; top: 100%; margin-left: -6px; border: 6px solid transparent;
  border-bottom: 0; }
.mz-map-cluster { position: absolute; left: 0; top: 0; min-width: 44px; height: 44px; padding: 0 8px; border: 3px solid
  rgb(255 255 255 / 0.9); border-radius: 22px; background: #5e6b2a; color: #fff; font: 600 15px/1 system-ui, sans-serif;
  font-variant-numeric: tabular-nums; box-shadow: 0 2px 8px rgb(29 27 24 / 0.25); pointer-events: auto; cursor: pointer; }
.mz-map-cluster[hidden] { display: none; }
.mz-map-attribution { position: absolute; right: 0; bottom: 0; padding: 1px 6px; background: rgb(255 255 255 / 0.75);
  color: #6f6a63; font: 10px/1.5 system-ui, sans-serif; border-radius: 4px 0 0; pointer-events: none; }
.mz-map-dark .mz-map-attribution { background: rgb(20 19 17 / 0.7); color: #a39c92; }
`;
