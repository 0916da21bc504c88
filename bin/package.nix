/*
  The program, made by the same step as setup's: bin/setup/bundle.mjs. Each package that goes into
  the bundle is fetched by itself, held to the hash that package-lock.json has of it, and unpacked
  where the lock file puts it; a change of the lock file changes nothing here.
*/
{
  lib,
  iproute2,
  makeWrapper,
  nats-server,
  nodejs_24,
  stdenvNoCC,
  systemd,
  util-linux,
}:
let
  inherit (lib.importJSON ../package.json) version;
  lock = lib.importJSON ../package-lock.json;

  bundler = [
    "node_modules/esbuild"
    "node_modules/@esbuild/${platform}"
  ];
  platform =
    {
      x86_64-linux = "linux-x64";
      aarch64-linux = "linux-arm64";
    }
    .${stdenvNoCC.hostPlatform.system};

  isBundled =
    path: entry:
    path != "" && !(entry.dev or false || entry.optional or false || entry.devOptional or false);
  wanted = lib.filterAttrs (path: entry: isBundled path entry || lib.elem path bundler) lock.packages;

  # npm knows where its registry is: no address of it is written down, neither here nor in the lock.
  fetchPackage =
    path: entry:
    let
      name = lib.last (lib.splitString "node_modules/" path);
      file = lib.replaceStrings [ "@" "/" ] [ "" "-" ] name;
    in
    stdenvNoCC.mkDerivation {
      name = "${file}-${entry.version}.tgz";
      nativeBuildInputs = [ nodejs_24 ];
      impureEnvVars = [
        "http_proxy"
        "https_proxy"
        "no_proxy"
        "npm_config_registry"
      ];
      buildCommand = ''
        export HOME=$PWD
        npm pack --silent --ignore-scripts ${name}@${entry.version}
        mv ./*.tgz "$out"
      '';
      outputHashMode = "flat";
      outputHash = entry.integrity;
    };

  unpack = lib.concatStrings (
    lib.mapAttrsToList (path: entry: ''
      mkdir -p ${path}
      tar -xzf ${fetchPackage path entry} --strip-components=1 -C ${path}
    '') wanted
  );

  programs = [
    iproute2
    systemd
    util-linux
  ];
in
stdenvNoCC.mkDerivation {
  pname = "cim-tui";
  inherit version;

  src = lib.fileset.toSource {
    root = ../.;
    fileset = lib.fileset.unions [
      ../package.json
      ../package-lock.json
      ../LICENSE
      ../src
      ../services
      ../views
      ./cim-tui
      ./setup
    ];
  };

  nativeBuildInputs = [
    makeWrapper
    nodejs_24
  ];

  buildPhase = ''
    runHook preBuild
    ${unpack}
    node --input-type=module --eval '
      import {provideBundle} from "./bin/setup/bundle.mjs";
      await provideBundle({root: process.cwd(), cache: process.cwd()});
    '
    runHook postBuild
  '';

  # The launcher takes the Node that lies where npm would have put it.
  installPhase = ''
    runHook preInstall
    share=$out/share/cim-leaf
    mkdir -p "$share/bin" "$share/node_modules/.bin" "$out/bin"
    cp bin/cim-tui "$share/bin/"
    cp -r dist "$share/"
    ln -s ${nodejs_24}/bin/node "$share/node_modules/.bin/node"
    makeWrapper "$share/bin/cim-tui" "$out/bin/cim-tui" \
      --prefix PATH : ${lib.makeBinPath programs} \
      --set-default CIM_NATS_SERVER ${nats-server}/bin/nats-server
    runHook postInstall
  '';

  meta = {
    description = "Console and service layer of a leaf";
    license = lib.licenses.mit;
    mainProgram = "cim-tui";
    platforms = lib.platforms.linux;
  };
}
