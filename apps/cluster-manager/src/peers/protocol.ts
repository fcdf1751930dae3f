/** Of what members say to each other, in the shared store and over the network: where it is equal, any releases mix. */
export const PROTOCOL = 1;
