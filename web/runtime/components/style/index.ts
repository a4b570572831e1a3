/**
 * The defaults of the built-ins as one text. They come before every style sheet of the app and stay as weak as the
 * original's selectors, so that what overrides them there overrides them here.
 */
import button from './button.css?inline';
import choice from './choice.css?inline';
import containers from './containers.css?inline';
import editor from './editor.css?inline';
import field from './field.css?inline';
import media from './media.css?inline';
import page from './page.css?inline';
import picker from './picker.css?inline';
import rest from './rest.css?inline';
import skyline from './skyline.css?inline';

export const baseStyle = [page, button, choice, field, containers, picker, rest, editor, skyline, media].join('\n');
