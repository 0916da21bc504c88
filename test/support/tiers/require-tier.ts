/**
 * Whether CIM_REQUIRE_TIERS (`box,vm,nix`) names a tier: one that is required fails where it
 * otherwise skips.
 */
export function isRequired(tier: string, env: NodeJS.ProcessEnv = process.env): boolean {
  const names = (env.CIM_REQUIRE_TIERS ?? '').split(',').map((name) => name.trim());
  return names.includes(tier);
}

/** @throws an Error where a tier that cannot run is required */
export function failIfRequired(tier: string, lack: string): void {
  if (isRequired(tier)) throw new Error(`the ${tier} tier is required: ${lack}`);
}
