/** Asks an HTTP API of the emulated AWS, which answers at the host that it would have on AWS. */

import { request } from "node:http";
import type { EmulatedAws } from "./emulated-aws.ts";

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** @param api its URL, as a deploy tells it; @param path with its query, as it is to be sent */
export function askApi({ endpoint }: EmulatedAws, api: string, path: string): Promise<HttpAnswer> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, path, headers: { host: new URL(api).host } }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => {
        text += part;
      });
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    asking.on("error", reject);
    asking.end();
  });
}
