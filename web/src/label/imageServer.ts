import { unwrap, type Api } from "../api/client";
import type { DicomFrame, ImageView } from "../api/types";

/** What the server can show of an image besides the file itself, for one project. */
export interface ImageServer {
  /** The image as browsers can show it. Refused with the reason when nobody can. */
  rendition(item: string): Promise<ImageView>;
  /** Small pictures by item, of those that have one. */
  thumbnails(items: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** A frame of a DICOM file, counted from 0. */
  frame(item: string, frame: number): Promise<DicomFrame>;
}

export function imageServerOf(api: Api, project: string): ImageServer {
  return {
    rendition: (item) => unwrap(api.GET("/api/projects/{project}/items/{item}/image", { params: { path: { project, item } } })),
    async thumbnails(items) {
      const params = { path: { project } };
      const { thumbnails } = await unwrap(api.POST("/api/projects/{project}/items/thumbnails", { params, body: { items: [...items] } }));
      return new Map(thumbnails.flatMap(({ item, url }) => (url === null ? [] : [[item, url] as const])));
    },
    frame: (item, frame) => unwrap(api.GET("/api/projects/{project}/items/{item}/frames/{frame}", { params: { path: { project, item, frame } } })),
  };
}
