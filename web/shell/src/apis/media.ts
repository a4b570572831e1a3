/** Pictures, videos and files of the device. */
import { albumApis } from './media/album';
import { chooseApis } from './media/choose';
import { imageApis } from './media/image';
import { previewApis } from './media/preview';
import { videoApis } from './media/video';

export const mediaApis = { ...albumApis, ...chooseApis, ...imageApis, ...previewApis, ...videoApis };
