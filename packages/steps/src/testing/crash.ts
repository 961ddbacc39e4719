/** A process that dies in the middle: of the nth call to a port it hears nothing, and it makes no other. */

export class Crash extends Error {
  override readonly name = "Crash";
}

/**
 * The context with some of its ports counted.
 *
 * @param at which call dies, from 1
 */
export function crashing<C extends object>(context: C, ports: readonly (keyof C)[], at: number) {
  let calls = 0;
  const underWay = new Set<Promise<unknown>>();
  const guarded = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name, receiver) {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== "function" || ["url", "list", "stream"].includes(String(name))) return member;
        return async (...args: unknown[]) => {
          calls += 1;
          const dies = calls === at;
          if (calls > at) throw new Crash(`call ${at}`);
          const call: Promise<unknown> = member.apply(target, args);
          underWay.add(call);
          const result = await call.finally(() => underWay.delete(call));
          if (dies) throw new Crash(`call ${at}`);
          return result;
        };
      },
    });
  return {
    context: {
      ...context,
      ...Object.fromEntries(ports.map((name) => [name, guarded(context[name] as object)])),
    },
    /** Whether the call that dies was reached. */
    crashed: () => calls >= at,
    /** Waits for the calls that were on their way beside the one that died. */
    quiet: () => Promise.allSettled(underWay),
  };
}
