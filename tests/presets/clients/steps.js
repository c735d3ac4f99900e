// What a page tells of its steps: each one's value, or how it failed.

/** All that a script learns of a response that the browser keeps from it. */
const isBlocked = (error) =>
  (error instanceof TypeError && error.message.includes("fetch")) ||
  (error?.cause !== undefined && isBlocked(error.cause));

const failure = (error) => {
  if (isBlocked(error)) return "blocked";
  console.error(error);
  return error?.code === undefined ? `${error}` : `${error.name} ${error.code}`;
};

const tell = async (step) => {
  try {
    return await step();
  } catch (error) {
    return { failed: failure(error) };
  }
};

/** Runs steps that need nothing of each other. */
export const runEach = async (steps) => {
  const told = {};
  for (const [name, step] of Object.entries(steps)) told[name] = await tell(step);
  return told;
};

/** Runs steps of which each needs those before. */
export const runUntilFailure = async (steps) => {
  const told = {};
  for (const [name, step] of Object.entries(steps)) {
    told[name] = await tell(step);
    if (told[name]?.failed !== undefined) break;
  }
  return told;
};
