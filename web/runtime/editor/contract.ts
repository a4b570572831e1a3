/** What the page frame and the editor's script know of each other. */

export interface EditorHooks {
  /** A URL that the frame may load for a picture's source. */
  picture(src: string): Promise<string>;
  changed(contents: Contents): void;
  /** The selection stands in text of these formats. */
  formats(formats: Record<string, unknown>): void;
  focused(contents: Contents): void;
  blurred(contents: Contents): void;
  /** A place in the text for a block of the app's own was made; what the block shows goes into the element. */
  block(id: string, place: HTMLElement): void;
}

export interface Contents {
  html: string;
  text: string;
  delta: unknown;
}

export interface EditorOptions {
  placeholder: string;
  readOnly: boolean;
}

/** An editor that stands in an element. Methods have the names of the dialect's `EditorContext`. */
export interface RunningEditor {
  setReadOnly(readOnly: boolean): void;
  setPlaceholder(text: string): void;
  /** Carries out a method; throws with a reason. */
  call(method: string, args: Record<string, unknown>): unknown;
  /** Size and resizing tools of pictures. */
  setImageTools(tools: { size: boolean; toolbar: boolean; resize: boolean }): void;
}

export type CreateEditor = (host: HTMLElement, options: EditorOptions, hooks: EditorHooks) => RunningEditor;
