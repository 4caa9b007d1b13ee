import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/diagram-js.css";

/** What the picture needs of a diagram-js canvas. */
export interface CanvasLike {
  has(id: string): boolean;
  addMarker(id: string, marker: string): void;
  removeMarker(id: string, marker: string): void;
}

export interface OpenViewer {
  canvas: CanvasLike;
  zoom(factor: number): void;
  fit(): void;
  close(): void;
}

interface DiagramCanvas {
  zoom(level?: number | "fit-viewport", center?: "auto"): number;
  addMarker(id: string, marker: string): void;
  removeMarker(id: string, marker: string): void;
}

interface ElementRegistry {
  get(id: string): unknown;
}

/** Draws the XML into the element; rejects when it cannot be drawn (not BPMN, or without a diagram). */
export async function openViewer(host: HTMLElement, xml: string): Promise<OpenViewer> {
  const viewer = new NavigatedViewer({ container: host });
  try {
    await viewer.importXML(xml);
  } catch (error) {
    viewer.destroy();
    throw error;
  }
  const canvas = viewer.get<DiagramCanvas>("canvas");
  const registry = viewer.get<ElementRegistry>("elementRegistry");
  const fit = () => void canvas.zoom("fit-viewport", "auto");
  fit();
  return {
    canvas: {
      has: (id) => registry.get(id) !== undefined,
      addMarker: (id, marker) => canvas.addMarker(id, marker),
      removeMarker: (id, marker) => canvas.removeMarker(id, marker),
    },
    zoom: (factor) => void canvas.zoom(canvas.zoom() * factor),
    fit,
    close: () => viewer.destroy(),
  };
}
