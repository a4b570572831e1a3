/**
 * Where parts of the page stand that lie over it (`root-portal`, `page-container`). It has the page's own tag and no
 * box, so that colours and fonts that an app sets on `page` reach what stands there, as in the original, where the
 * page is the body. The page's element itself will not do: its children are counted by the logic side.
 */
let place: HTMLElement | undefined;

export function portals(): HTMLElement {
  if (place === undefined || !place.isConnected) {
    place = document.createElement('mz-page');
    place.className = 'mz-portals';
    place.style.setProperty('display', 'contents', 'important');
    document.body.append(place);
  }
  return place;
}
