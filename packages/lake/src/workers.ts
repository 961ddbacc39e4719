/** How many G.1X workers files of so many bytes are worth: Glue takes no fewer than two. */
export function workersFor(bytes: number): number {
  const bytesPerWorker = 512 * 1024 * 1024;
  return Math.min(10, Math.max(2, 1 + Math.ceil(bytes / bytesPerWorker)));
}
