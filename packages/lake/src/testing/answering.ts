/** AWS clients that get their answers from a test: those of services that speak the JSON protocol. */

export type Answer = Readonly<Record<string, unknown>>;

/** Answers by operation, in turn; the last one is repeated. One with `__type` is a refusal. */
export type Answers = Readonly<Record<string, readonly Answer[]>>;

/** The configuration of a client that is answered so, and what it asked. */
export function answering(answers: Answers) {
  const asked: { operation: string; input: Record<string, unknown> }[] = [];
  const turns = new Map<string, number>();
  const config = {
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    requestHandler: {
      handle: async (request: { headers: Record<string, string>; body: Uint8Array | string }) => {
        const operation = request.headers["x-amz-target"]?.split(".").at(-1) ?? "";
        const text = typeof request.body === "string" ? request.body : new TextDecoder().decode(request.body);
        asked.push({ operation, input: JSON.parse(text) });
        const turn = turns.get(operation) ?? 0;
        turns.set(operation, turn + 1);
        const of = answers[operation] ?? [];
        const answer = of[Math.min(turn, of.length - 1)] ?? {};
        const body = new TextEncoder().encode(JSON.stringify(answer));
        return {
          response: {
            statusCode: "__type" in answer ? 400 : 200,
            headers: { "content-type": "application/x-amz-json-1.1" },
            body: new ReadableStream({
              start(controller) {
                controller.enqueue(body);
                controller.close();
              },
            }),
          },
        };
      },
    } as never,
  };
  return { config, asked };
}
