/** The map as a script of its own, loaded by the page frame or the shell where the first map is shown. */
export { MapEngine } from './engine';
