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

/** Ends it at once; well when it has ended by itself just now. */
export function endAtOnce(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
