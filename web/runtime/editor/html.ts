/** An editor's content as the HTML that the dialect gives: plain lists, pictures with the sources that the app knows. */
import { customBlock } from './custom-block';

export function htmlOf(root: HTMLElement): string {
  const copy = root.cloneNode(true) as HTMLElement;
  for (const own of copy.querySelectorAll('.ql-ui,.ql-cursor')) own.remove();
  for (const block of copy.querySelectorAll(`.${customBlock.class}`)) block.replaceChildren();
  for (const list of copy.querySelectorAll('ol')) plainLists(list);
  for (const picture of copy.querySelectorAll('img')) {
    picture.setAttribute('src', picture.dataset['local'] ?? '');
    picture.removeAttribute('data-local');
    picture.removeAttribute('draggable');
  }
  for (const element of copy.querySelectorAll('[contenteditable]')) element.removeAttribute('contenteditable');
  return copy.innerHTML;
}

/** One list of items that say what they are becomes a list for each kind: `<ol>`, `<ul>`, `<ul data-checked>`. */
function plainLists(list: HTMLElement): void {
  const parts: HTMLElement[] = [];
  let kind = '';
  for (const item of [...list.children]) {
    const wanted = item.getAttribute('data-list') ?? 'ordered';
    if (wanted !== kind || parts.length === 0) {
      const part = document.createElement(wanted === 'ordered' ? 'ol' : 'ul');
      if (wanted === 'checked' || wanted === 'unchecked')
        part.setAttribute('data-checked', String(wanted === 'checked'));
      parts.push(part);
      kind = wanted;
    }
    item.removeAttribute('data-list');
    parts.at(-1)?.append(item);
  }
  list.replaceWith(...parts);
}
