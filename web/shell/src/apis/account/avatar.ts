/** Pictures that stand for a person: a letter on the account's colour, or nobody in particular. */

const size = 132;

export function letterAvatar(name: string, colour: string | undefined): Promise<Blob> {
  return draw((context) => {
    context.fillStyle = colour ?? '#6b5b1e';
    context.fillRect(0, 0, size, size);
    context.fillStyle = '#fff';
    context.font = `600 ${size / 2}px sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText((Array.from(name.trim())[0] ?? '?').toUpperCase(), size / 2, size / 2 + 4);
  });
}

/** Grey, for a user whom an app is not told. */
export function unknownAvatar(): Promise<Blob> {
  return draw((context) => {
    context.fillStyle = '#dcdcdc';
    context.fillRect(0, 0, size, size);
    context.fillStyle = '#fff';
    context.beginPath();
    context.arc(size / 2, 52, 24, 0, 2 * Math.PI);
    context.ellipse(size / 2, size, 44, 46, 0, 0, 2 * Math.PI);
    context.fill();
  });
}

async function draw(paint: (context: CanvasRenderingContext2D) => void): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d');
  if (context !== null) paint(context);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return blob ?? new Blob([], { type: 'image/png' });
}
