/**
 * A DynamoDB that replays the recorded pages of one query, whoever asks: `node stub.ts PAGES`, a file with the pages'
 * bodies as JSON. Says its port on the first line. It costs next to nothing, so that what is measured is the asker.
 */

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const pages = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as string[];
const [first = Buffer.of(), ...rest] = pages.map((page) => Buffer.from(page));
/** A page by the last time of the one before it. */
const after = new Map(
  rest.map((page, index) => {
    const { LastEvaluatedKey } = JSON.parse(pages[index] ?? "{}");
    return [LastEvaluatedKey.timestamp.S, page];
  }),
);

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { ExclusiveStartKey } = JSON.parse(Buffer.concat(chunks).toString());
    const page = ExclusiveStartKey === undefined ? first : after.get(ExclusiveStartKey.timestamp.S);
    response.writeHead(page === undefined ? 400 : 200, {
      "content-type": "application/x-amz-json-1.0",
      "content-length": page?.length ?? 0,
    });
    response.end(page);
  });
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
