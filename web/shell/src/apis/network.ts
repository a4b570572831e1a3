/** Requests, files and sockets of an app; all of them pass the platform's gate. */
import { downloadFile } from './network/download';
import { request } from './network/request';
import { connectSocket } from './network/socket';
import { uploadFile } from './network/upload';

export const networkApis = { request, uploadFile, downloadFile, connectSocket };
