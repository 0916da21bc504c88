import type {ContainerRow as ProjectedContainer} from '#projections/container-rows.ts';

/** A container as screens show it, as the projection makes it. */
export type ContainerRow = ProjectedContainer;
