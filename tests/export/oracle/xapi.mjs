// Reads xAPI statements from standard input, and writes what @learninglocker/xapi-validation says against each as JSON.
import { readFileSync } from "node:fs";
import factory from "@learninglocker/xapi-validation/dist/factory.js";

const statements = JSON.parse(readFileSync(0, "utf-8"));
const said = statements.map((one) => factory.statement(one, ["statement"]).map((warning) => `${one.verb.id}: ${JSON.stringify(warning)}`));
process.stdout.write(JSON.stringify(said.flat()));
