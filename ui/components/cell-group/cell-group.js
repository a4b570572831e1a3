/** Rows of one subject on one surface. */
Component({
  properties: { title: String, note: String },
});
