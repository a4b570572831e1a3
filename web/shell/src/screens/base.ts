export { controls, MezzeElement, prefersStillness } from '../../../common/element';
