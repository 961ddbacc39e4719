/** What the pages' script can draw. */

import type { AnyDrawing } from "@penstock/charts/figure.ts";
import { barsDrawing } from "./bars-drawing.ts";
import { netDrawing } from "./net-drawing.ts";
import { powerDrawing } from "./power-drawing.ts";
import { shareDrawing } from "./share-drawing.ts";

export const drawings: readonly AnyDrawing[] = [powerDrawing, netDrawing, barsDrawing, shareDrawing];
