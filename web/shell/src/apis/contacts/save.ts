/** Hands the user a file, as the browser hands over downloads. */
export function save(name: string, content: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  // What an app puts into a name must not look like another kind of file, nor like a path.
  link.download = name
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .trim()
    .slice(-120);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
