/** Texts about pictures, sound and files. */
export const mediaEn = {
  'pick.picture': 'Choose a picture',
  'pick.video': 'Choose a video',
  'pick.media': 'Choose a picture or video',
  'pick.file': 'Choose a file',
  'pick.camera.picture': 'Take a picture',
  'pick.camera.video': 'Record a video',
  'pick.camera.media': 'Use the camera',
  'pick.camera.file': 'Use the camera',

  'camera.take': 'Take it',
  'camera.record': 'Record',
  'camera.stop': 'Stop and use',
  'camera.none': 'No camera can be used. Check that one is connected and that the browser may use it.',

  'viewer.label': 'Viewer',
  'viewer.item': '{index} of {count}',
  'viewer.previous': 'Previous',
  'viewer.next': 'Next',
  'viewer.close': 'Close the viewer',
  'viewer.save': 'Save to this device',
  'viewer.failed': 'This can’t be shown. {reason}',

  'crop.title': 'Crop the picture',
  'crop.done': 'Done',
  'crop.turn': 'Turn',
  'crop.area': 'Part of the picture: arrow keys move it, plus and minus change its size',

  'player.label': 'Playing in the background',
  'player.play': 'Play',
  'player.pause': 'Pause',
  'player.stop': 'Stop',
  'player.open': 'Open {name}',
};
