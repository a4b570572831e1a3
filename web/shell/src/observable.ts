export { Observable } from '../../common/observable';
