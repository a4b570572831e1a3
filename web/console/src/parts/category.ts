/** The kinds of mini apps that the platform sorts by (apps/reserve.rs). */
import { html, type TemplateResult } from 'lit';
import { text } from '../localization';

const categories = [
  'books',
  'business',
  'education',
  'entertainment',
  'finance',
  'food',
  'games',
  'government',
  'health',
  'lifestyle',
  'news',
  'shopping',
  'social',
  'tools',
  'travel',
  'utilities',
] as const;

export function categoryOptions(chosen: string): TemplateResult[] {
  return [
    html`<option value="">${text('apps.category.choose')}</option>`,
    ...categories.map(
      (name) => html`<option value=${name} ?selected=${name === chosen}>${text(`category.${name}`)}</option>`,
    ),
  ];
}
