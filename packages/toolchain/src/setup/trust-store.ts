import { createHash, X509Certificate } from "node:crypto";
import { getCACertificates } from "node:tls";

/** Of a store that holds nothing secret; Java has its own by the same. */
export const trustStorePassword = "changeit";

/** The authorities that the system trusts, and those of NODE_EXTRA_CA_CERTS, as PEM texts. */
export function trustedBySystem(): string[] {
  return [...new Set((["default", "system"] as const).flatMap((of) => getCACertificates(of)))];
}

/**
 * A Java key store that trusts these authorities, in the format JKS: entries, then a digest of password and entries
 * (`engineStore` of sun.security.provider.JavaKeyStore says how). Java brings a list of its own, which knows nothing
 * of an authority that a company has added to its machines, and its keytool takes in one certificate at a time.
 */
export function trustStore(authorities: readonly string[]): Buffer {
  const entries = authorities.map((pem, index) => {
    const certificate = new X509Certificate(pem).raw;
    // 2 is a trusted certificate; its time is when it was taken in.
    return Buffer.concat([
      int(2),
      text(`authority-${index}`),
      long(0n),
      text("X.509"),
      int(certificate.length),
      certificate,
    ]);
  });
  const store = Buffer.concat([int(0xfeedfeed), int(2), int(entries.length), ...entries]);
  const digest = createHash("sha1")
    .update(Buffer.from(trustStorePassword, "utf16le").swap16())
    .update("Mighty Aphrodite")
    .update(store);
  return Buffer.concat([store, digest.digest()]);
}

function int(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function long(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

/** As Java's `writeUTF`, of ASCII. */
function text(value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(value.length);
  return Buffer.concat([length, Buffer.from(value, "ascii")]);
}
