/** The editor as a script of its own, loaded by the page frame where the first editor is shown. */
export { createEditor } from './editor';
