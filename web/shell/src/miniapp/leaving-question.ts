/** What `enableAlertBeforeUnload` asks before its page goes. */
import { text } from '../localization';

export function leavingQuestion(message: string) {
  return {
    title: '',
    content: message,
    showCancel: true,
    cancelText: text('modal.cancel'),
    cancelColour: undefined,
    confirmText: text('modal.confirm'),
    confirmColour: undefined,
    editable: false,
    placeholder: '',
  };
}
