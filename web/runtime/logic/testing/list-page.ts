/** A page with a list, for tests of what its changes show and cost. */
import { expect } from 'vitest';
import { type AppSource, settle, TestApp } from './app';

export async function pageWith(template: string, data: Record<string, unknown>, more: Partial<AppSource> = {}) {
  const app = new TestApp({
    ...more,
    modules: { 'pages/a/a.js': `Page({ data: ${JSON.stringify(data)} })`, ...more.modules },
    templates: { 'pages/a/a': template, ...more.templates },
  });
  await settle();
  return {
    app,
    /** Markup after the changes of one turn, and how many operations they took. */
    async after(change: Record<string, unknown>): Promise<{ markup: string[]; operations: number }> {
      const before = app.view.port.of('ops').length;
      app.runtime.pages.current?.instance.setData(change);
      await settle();
      expect(app.errors()).toEqual([]);
      const operations = app.view.port
        .of('ops')
        .slice(before)
        .flatMap((batch) => batch.ops);
      return { markup: app.view.root.children.map((row) => app.view.markup(row)), operations: operations.length };
    },
  };
}
