# A fileset here is a list of paths, each with all that is below it.
{ lib }:
{
  unions = paths: paths;
  toSource =
    { root, fileset }:
    builtins.path {
      path = root;
      name = "source";
      filter =
        path: _:
        lib.any (
          wanted:
          let
            text = toString wanted;
          in
          path == text || lib.hasPrefix "${text}/" path || lib.hasPrefix "${path}/" text
        ) fileset;
    };
}
