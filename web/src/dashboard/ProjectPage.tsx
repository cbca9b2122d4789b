export default function ProjectPage({ id }: { id: string }) { return id; }
