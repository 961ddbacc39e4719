/** What the emulated Athena knows of named queries; how it runs them is in runs.test.ts. */

import {
  AthenaClient,
  CreateNamedQueryCommand,
  DeleteNamedQueryCommand,
  GetNamedQueryCommand,
} from "@aws-sdk/client-athena";
import { afterAll, expect, test } from "@jest/globals";
import { startEmulatedAws } from "../support/emulated-aws.ts";

const aws = await startEmulatedAws();
const athena = new AthenaClient(aws.client);
afterAll(() => aws.close());

test("a named query that is gone is told as AWS tells it, with its id", async () => {
  const made = { Name: "all", Database: "lake", QueryString: "SELECT 1" };
  const { NamedQueryId } = await athena.send(new CreateNamedQueryCommand(made));
  const { NamedQuery } = await athena.send(new GetNamedQueryCommand({ NamedQueryId }));
  expect(NamedQuery).toMatchObject(made);
  await athena.send(new DeleteNamedQueryCommand({ NamedQueryId }));
  const gone = athena.send(new GetNamedQueryCommand({ NamedQueryId }));
  await expect(gone).rejects.toMatchObject({
    name: "InvalidRequestException",
    message: expect.stringContaining(NamedQueryId ?? ""),
  });
});
