import { getPosition } from "suncalc";

/**
 * The centre of the sun this far below the horizon, in degrees, refraction included, leaves a panel in twilight at
 * most. At sunset it is 0.27° below, half the sun's width; the rest is for hills, haze and a site's width.
 */
const darkBelow = -1;

/** Whether the sun is below the horizon from `start` to `end` (milliseconds, at most some hours apart). */
export function darkThroughout(
  { latitude, longitude }: { readonly latitude: number; readonly longitude: number },
  start: number,
  end: number,
): boolean {
  // the middle, for the winter noon of the far north, when the sun is up for less than an interval
  return [start, (start + end) / 2, end].every(
    (at) => getPosition(new Date(at), latitude, longitude).altitude < darkBelow,
  );
}
