export * from './boot';
export * from './bridge-port';
export * from './config';
export * from './files';
export * from './frame-port';
export * from './operations';
export * from './page-port';
export * from './view-methods';
