/** Whether a process of that id is running (or is a zombie that nobody has waited for). */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else's is there, though it can't be signalled.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
