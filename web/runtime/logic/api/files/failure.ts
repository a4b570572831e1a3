/** What can go wrong with files, in WeChat's words and numbers. */

export class FileFailure extends Error {
  constructor(
    readonly reason: string,
    readonly errno: number,
  ) {
    super(reason);
    this.name = 'Error';
  }
}

/** `about` says what was done to which path (`, open "a.txt"`), and is empty where the original says nothing. */
export const fileFailures = {
  notPermitted: (about = '') => new FileFailure(`operation not permitted${about}`, 1_300_001),
  missing: (about: string) => new FileFailure(`no such file or directory${about}`, 1_300_002),
  descriptor: () => new FileFailure('bad file descriptor', 1_300_009),
  permission: (about = '') => new FileFailure(`permission denied${about}`, 1_300_013),
  notDirectory: (path: string) => new FileFailure(`not a directory ${path}`, 1_300_020),
  argument: (what: string) => new FileFailure(`Invalid argument: ${what}`, 1_300_022),
  nameTooLong: () => new FileFailure('File name too long', 1_300_036),
  notEmpty: () => new FileFailure('directory not empty', 1_300_066),
  quota: () => new FileFailure('the maximum size of the file storage limit is exceeded', 1_300_202),
  encoding: (encoding: string) => new FileFailure(`invalid encoding "${encoding}"`, 1_300_022),
  base64: () => new FileFailure('base64 encode error', 1_300_203),
  empty: () => new FileFailure('data to write is empty', 1_301_002),
  directory: (about = '') => new FileFailure(`illegal operation on a directory${about}`, 1_301_003),
  packageDirectory: () => new FileFailure('illegal operation on a package directory', 1_301_004),
  exists: (path: string) => new FileFailure(`file already exists ${path}`, 1_301_005),
  length: () => new FileFailure('value of length is out of range', 1_301_006),
  offset: () => new FileFailure('value of offset is out of range', 1_301_007),
  position: () => new FileFailure('value of position is out of range', 1_301_009),
  unzipOpen: () => new FileFailure('unzip open file fail', 1_301_102),
  unzipEntry: (entry: string) => new FileFailure(`unzip entry fail: ${entry}`, 1_301_103),
  brotli: () => new FileFailure('brotli decompress fail', 1_301_111),
  noTemporary: () => new FileFailure('tempFilePath file not exist', 1_301_112),
  descriptorPermission: () => new FileFailure('permission denied, fd is writeonly or readonly', 1_302_001),
  descriptors: () => new FileFailure('excced max concurrent fd limit', 1_302_002),
  flag: () => new FileFailure('invalid flag', 1_302_003),
  noBuffer: () => new FileFailure('array buffer does not exist', 1_302_005),
  notHere: (path: string) =>
    new FileFailure(`${path} is still on its way from the package: read it asynchronously`, 1_300_201),
} as const;
