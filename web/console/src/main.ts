/** Entry of the console: language, session, addresses, and the frame around every screen. */
import '../../common/tokens.css';
import { loadLocale } from './localization';
import { router } from './router';
import { FrameElement } from './screens/frame';
import { session } from './session';

loadLocale();
router.start();
document.body.append(new FrameElement());
void session.start();
